package io.tandem.journal;

import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why an operation on a file failed, in words of people: what Java says is often nothing but the name of a class or a file. */
public final class IoReason {
    private IoReason() {}

    /** The end of a sentence that has named the file already. */
    public static String of(final Throwable failure) {
        return switch (failure) {
            case NoSuchFileException e -> "no such file or directory";
            case AccessDeniedException e -> "permission denied";
            case FileAlreadyExistsException e -> "a file of that name is in the way";
            case NotDirectoryException e -> "not a directory";
            case DirectoryNotEmptyException e -> "directory not empty";
            case CharacterCodingException e -> "not UTF-8 text";
            case ClosedChannelException e -> "file was closed";
            case InternalError e -> "a page of a mapped file has no disk space";
            case FileSystemException e
            when e.getReason() != null -> e.getReason().toLowerCase(java.util.Locale.ROOT);
            case Throwable e when e.getMessage() != null -> e.getMessage();
            default -> failure.getClass().getSimpleName();
        };
    }
}
