/** Rewriting of called and calling numbers in linear time. */
package io.tandem.routing.transform;
