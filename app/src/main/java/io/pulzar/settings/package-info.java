/**
 * Where every setting is declared, read and checked.
 *
 * <p>What must stay true: a setting is declared once, as a {@link io.pulzar.settings.Setting} with
 * its name, type, default and description, and its feature's list is part of the list given to
 * {@link io.pulzar.settings.SettingsReader}; a name or a value that does not fit stops the start
 * with one sentence that names the cure; a secret is never written anywhere.
 *
 * <p>Threading: settings are read once, before anything starts, and are immutable.
 */
@NullMarked
package io.pulzar.settings;

import org.jspecify.annotations.NullMarked;
