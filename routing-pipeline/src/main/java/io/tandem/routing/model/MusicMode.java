package io.tandem.routing.model;

/** Where music on hold comes from. */
public enum MusicMode {
    /** One stream that all hear at the same place. */
    STREAM,
    /** A file that begins anew for each caller. */
    FILE
}
