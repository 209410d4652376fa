package io.tandem.routing.policy;

import io.tandem.routing.model.ResourceId;
import java.util.List;

/** Accounts above one another, the lowest first. */
public record Chain(List<ResourceId> accounts) implements AccountChain {
    /** A chain of these. */
    public static Chain of(final ResourceId... accounts) {
        return new Chain(List.of(accounts));
    }

    @Override
    public int depth() {
        return accounts.size();
    }

    @Override
    public long idHigh(final int index) {
        return accounts.get(index).high();
    }

    @Override
    public long idLow(final int index) {
        return accounts.get(index).low();
    }
}
