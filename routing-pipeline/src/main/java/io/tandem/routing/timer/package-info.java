/** Timers of the core, driven by the time that the sequencer stamps. */
package io.tandem.routing.timer;
