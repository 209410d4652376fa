/** Configurations of any size, made up for measurements. */
package io.tandem.perf.population;
