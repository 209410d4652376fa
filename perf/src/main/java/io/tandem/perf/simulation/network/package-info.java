/** The world outside the appliance in virtual time: clock, addresses, links that lose and reorder, messages as text. */
package io.tandem.perf.simulation.network;
