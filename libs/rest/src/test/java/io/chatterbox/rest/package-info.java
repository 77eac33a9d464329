/// Tests of what services' REST halves share.
@NullMarked
package io.chatterbox.rest;

import org.jspecify.annotations.NullMarked;
