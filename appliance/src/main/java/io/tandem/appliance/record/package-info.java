/** Call records as people and billing systems read them. */
package io.tandem.appliance.record;
