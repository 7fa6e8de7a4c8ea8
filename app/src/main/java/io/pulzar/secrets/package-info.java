/**
 * Secrets and variables: texts that scripts need and that do not belong into their files.
 *
 * <p>Both have a name and a folder of scripts, or none: then they are for all. A script sees those
 * of its own folder and of the folders around it; the nearest of a name counts. It gets every
 * variable that it sees, and of the secrets those that its docstring names.
 *
 * <p>What must stay true: a secret's value leaves the master in a lease or a call only, and is on
 * no disk but sealed; what is sealed says with which key, so that the key can change while
 * everything stays readable; a secret that can't be opened stops the run that needs it, and nothing
 * else.
 *
 * <p>Threading: safe for any thread. Values are sealed inside of the transaction that stores them,
 * so that a rotation finds either the old row or one under the new key.
 */
@NullMarked
package io.pulzar.secrets;

import org.jspecify.annotations.NullMarked;
