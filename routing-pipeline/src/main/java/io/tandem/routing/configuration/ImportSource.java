package io.tandem.routing.configuration;

import java.io.IOException;
import java.io.InputStream;

/** What is imported; read twice from the beginning. */
@FunctionalInterface
public interface ImportSource {
    /** Opens it at its beginning. */
    InputStream open() throws IOException;
}
