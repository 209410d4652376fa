/** The load rig: calls at scheduled times between a caller and a callee of its own, and what the server between them cost. */
package io.tandem.perf.rig;
