/** The inbound ring: preallocated slots, the stages that read them, and their graph. */
package io.tandem.routing.ring;
