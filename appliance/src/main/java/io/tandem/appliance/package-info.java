/** Wiring: process, settings, transports, sequencer, drivers. */
package io.tandem.appliance;
