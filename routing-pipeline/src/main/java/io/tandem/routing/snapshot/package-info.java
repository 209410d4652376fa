/** How the core's tables become records on disk and tables again. */
package io.tandem.routing.snapshot;
