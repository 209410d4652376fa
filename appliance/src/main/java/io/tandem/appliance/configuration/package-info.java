/** Configuration generations on disk as the core and the import see them. */
package io.tandem.appliance.configuration;
