/** Numbers as they are dialled and as they are stored. */
package io.tandem.routing.number;
