/** JMH benchmarks of the parts that a call passes through, and the command that runs them. */
package io.tandem.perf.jmh;
