package io.tandem.routing.model;

/** That a resource names another one in some field. */
public record Reference(String field, ResourceKind kind, ResourceId id) {}
