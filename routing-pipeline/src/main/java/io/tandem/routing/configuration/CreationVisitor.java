package io.tandem.routing.configuration;

/** Is shown resources in the order in which they were made. */
@FunctionalInterface
public interface CreationVisitor {
    /** One resource; answers whether to go on. */
    boolean onCreation(Creation creation);
}
