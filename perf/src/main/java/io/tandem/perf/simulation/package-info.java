/** The core under a seeded driver with virtual time, an unkind network and a suspicious watch. */
package io.tandem.perf.simulation;
