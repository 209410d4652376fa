/** What the core counts. */
package io.tandem.routing.counter;
