package io.tandem.admin.command;

import io.tandem.admin.view.Refusal;

/**
 * Where answers go. Called on the client's thread; may block until the client has read, for a bounded time. Never throws:
 * what is said to a client that has left is dropped, so that its command ends as it would have.
 */
public interface AnswerSink {

    /** One line of text, printable and without line end. */
    void line(String text);

    /** A whole answer as one line of JSON; neither {@link #done} nor {@link #failed} follows. */
    void json(String json, boolean failed);

    /** The text answer is complete. */
    void done();

    /** The text answer, perhaps begun, ends in an error. */
    void failed(Refusal why);
}
