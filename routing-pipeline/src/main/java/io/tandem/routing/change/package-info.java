/** Changes of the configuration: checked against one revision, applied whole or not at all, undone by their records. */
package io.tandem.routing.change;
