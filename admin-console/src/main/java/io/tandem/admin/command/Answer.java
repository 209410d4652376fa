package io.tandem.admin.command;

import io.tandem.admin.view.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * What a command says.
 *
 * @param blocks  text for people
 * @param value   the same for programs, turned into JSON
 * @param failure why the answer is bad news all the same
 */
record Answer(List<Block> blocks, Object value, Optional<Refusal> failure) {

    /** Part of a text answer. */
    interface Block {
        /** Lines without line ends, of which only those of the body that contain {@code match}; empty matches all. */
        List<String> lines(String match);
    }

    static Answer of(Object value, Block... blocks) {
        return new Answer(List.of(blocks), value, Optional.empty());
    }

    Answer failing(Refusal why) {
        return new Answer(blocks, value, Optional.of(why));
    }
}
