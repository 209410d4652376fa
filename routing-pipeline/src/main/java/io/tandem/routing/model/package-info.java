/** The resources that an operator configures: their fields, their identifiers and what is wrong with a given one. */
package io.tandem.routing.model;
