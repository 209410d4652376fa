/** What the console sees and does, taken from the live core. */
package io.tandem.appliance.operator;
