/// ChatterBox as a whole, seen from outside: two gateways and two of each service, driven by stock
/// clients and over REST. Knows addresses and the public contract only.
@NullMarked
package io.chatterbox.e2e;

import org.jspecify.annotations.NullMarked;
