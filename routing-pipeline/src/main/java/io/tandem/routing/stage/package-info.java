/** The ordered questions that decide where a new call goes, and their answers. */
package io.tandem.routing.stage;
