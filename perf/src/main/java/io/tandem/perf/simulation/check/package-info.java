/** What must be true of every message and at every moment, judged from the wire and from the peers' own books alone. */
package io.tandem.perf.simulation.check;
