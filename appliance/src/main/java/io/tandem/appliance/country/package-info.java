/** Files that tell countries of source addresses, kept as long as the journal may need them. */
package io.tandem.appliance.country;
