package io.tandem.routing.target;

/** A header that tells the media server what it cannot know from the address. ASCII, nothing to be quoted. */
public record MediaHeader(String name, String value) {}
