/** What an operator may set: names, units, defaults, and the file they are read from. */
package io.tandem.appliance.settings;
