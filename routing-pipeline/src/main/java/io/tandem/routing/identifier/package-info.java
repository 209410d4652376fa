/** The identifiers that Tandem mints: tags, branches and Call-IDs that lead straight back to a table slot. */
package io.tandem.routing.identifier;
