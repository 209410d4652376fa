/** One revision of the configuration as routing reads it, and how a file becomes one. */
package io.tandem.routing.configuration;
