/// What each process says about itself while somebody looks at the operator's page: its health and
/// its figures, when a gateway asks for them.
///
/// Must not know what the figures of a service mean, nor who looks.
@NullMarked
package io.chatterbox.bus.report;

import org.jspecify.annotations.NullMarked;
