/**
 * The catalog of scripts as tools for AI agents, by the Model Context Protocol: {@code POST /mcp}.
 *
 * <p>The form is Streamable HTTP without sessions: each request carries one message of JSON-RPC 2.0
 * and is answered by itself, so any request may come first and nothing is kept between them.
 * Whoever asks sees and may do exactly what the same token sees and may do over the other routes.
 *
 * <p>Threading: a call that waits for its run holds no thread.
 */
@NullMarked
package io.pulzar.mcp;

import org.jspecify.annotations.NullMarked;
