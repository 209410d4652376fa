/** Regular expressions that operators write: bounded in size, matched in linear time. */
package io.tandem.routing.expression;
