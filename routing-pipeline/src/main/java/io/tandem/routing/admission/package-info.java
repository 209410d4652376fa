/** Ceilings on simultaneous calls: counted, taken all or none, given back once. */
package io.tandem.routing.admission;
