/** Ceilings on simultaneous calls, and rules on calls in a period: counted, taken all or none, given back once. */
package io.tandem.routing.admission;
