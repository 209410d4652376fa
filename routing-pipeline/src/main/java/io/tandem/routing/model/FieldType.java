package io.tandem.routing.model;

/** What a field takes. */
public enum FieldType {
    /** Characters. */
    TEXT,
    /** A whole number. */
    INTEGER,
    /** 0 or 1. */
    FLAG,
    /** One of some words. */
    WORD,
    /** An international number, stored as digits. */
    NUMBER,
    /** An international number, a prefix or a range: see {@link NumberPattern}. */
    NUMBERS,
    /** The resource's own identifier. */
    ID,
    /** Another resource's identifier. */
    REFERENCE,
    /** Texts in a list. */
    TEXTS,
    /** Objects in a list. */
    OBJECTS,
    /** Any JSON object. */
    OBJECT
}
