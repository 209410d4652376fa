package io.tandem.routing.configuration;

/** Is shown identifiers one by one. */
@FunctionalInterface
public interface IdVisitor {
    /** One identifier; answers whether to go on. */
    boolean onId(long idHigh, long idLow);
}
