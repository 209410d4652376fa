/** Simulated callers and callees: user agents written from the RFCs, with scripts that keep the rules or break them. */
package io.tandem.perf.simulation.peer;
