package io.tandem.admin.view;

import java.util.List;

/**
 * Which references of the configuration to secrets resolve. Never a secret itself.
 *
 * @param references all that the configuration holds
 * @param missing    those whose entry is not there
 * @param refused    those whose entry is there and is not taken
 * @param shown      the first ones, those that do not resolve before those that do
 */
public record SecretsView(long references, long missing, long refused, List<Reference> shown) {

    /** Copies the list. */
    public SecretsView {
        shown = List.copyOf(shown);
    }

    /**
     * One reference.
     *
     * @param name  of the entry, such as {@code kv:vm:7:pin}
     * @param state {@code file} or {@code environment}, where the entry is; {@code missing} or {@code refused}
     * @param field of the resource, {@code pin_secret_ref}
     * @param mend  what is wrong and what to do about it; empty for those that resolve
     */
    public record Reference(String name, String state, String collection, String id, String field, String mend) {}
}
