package io.tandem.routing.configuration;

/** Opens revisions of the configuration by name. */
@FunctionalInterface
public interface ConfigurationSource {
    /**
     * Opens one.
     *
     * @throws IllegalArgumentException if there is none of that name; the message says where it was looked for.
     */
    Configuration open(String name);
}
