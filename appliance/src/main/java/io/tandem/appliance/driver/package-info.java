/** What drives the core: sequencer, live driver, recovery, and the threads that turn them. */
package io.tandem.appliance.driver;
