/** Benchmarks, load rig, simulation. */
package io.tandem.perf;
