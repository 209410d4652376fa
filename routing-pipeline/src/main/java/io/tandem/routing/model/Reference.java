package io.tandem.routing.model;

/** That a resource names another one in some field. */
public record Reference(String field, ResourceKind kind, ResourceId id) {
    /** Whether this is the resource that it names. */
    public boolean leadsTo(final ResourceKind targetKind, final ResourceId target) {
        return kind == targetKind && id.equals(target);
    }
}
