package io.tandem.admin.command;

/**
 * Who enters commands.
 *
 * @param who peer address, or {@code unix:} and the socket's path
 */
public record Caller(String who, Role role) {}
