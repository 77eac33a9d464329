package io.chatterbox.chat.files;

import jakarta.inject.Singleton;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// Makes small copies of images. An image that cannot be read, or is very large, has none.
@Singleton
class Thumbnails {
  static final String TYPE = "image/png";

  private static final Set<String> READABLE = Set.of("image/jpeg", "image/png", "image/gif");
  private static final int SIDE = 320;
  private static final long MOST_PIXELS = 50_000_000;

  /// So many at once, because each may take some memory.
  private final Semaphore turns = new Semaphore(2);

  /// The path of a small copy on disk, which the caller removes.
  Optional<Path> of(Path image, String type) throws IOException {
    if (!READABLE.contains(type)) {
      return Optional.empty();
    }
    turns.acquireUninterruptibly();
    try {
      Optional<BufferedImage> read = read(image);
      if (read.isEmpty()) {
        return Optional.empty();
      }
      Path small = java.nio.file.Files.createTempFile("thumbnail", ".png");
      ImageIO.write(scaled(read.get()), "png", small.toFile());
      return Optional.of(small);
    } catch (IOException | RuntimeException unreadable) {
      // the readers answer a broken image with exceptions of many kinds
      return Optional.empty();
    } finally {
      turns.release();
    }
  }

  private static Optional<BufferedImage> read(Path image) throws IOException {
    try (ImageInputStream input = ImageIO.createImageInputStream(image.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(input, true, true);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MOST_PIXELS) {
          return Optional.empty();
        }
        ImageReadParam some = reader.getDefaultReadParam();
        int step = Math.max(1, Math.min(width, height) / (2 * SIDE));
        some.setSourceSubsampling(step, step, 0, 0);
        return Optional.of(reader.read(0, some));
      } finally {
        reader.dispose();
      }
    }
  }

  private static BufferedImage scaled(BufferedImage image) {
    double ratio = Math.min(1.0, (double) SIDE / Math.max(image.getWidth(), image.getHeight()));
    int width = Math.max(1, (int) Math.round(image.getWidth() * ratio));
    int height = Math.max(1, (int) Math.round(image.getHeight() * ratio));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D canvas = small.createGraphics();
    try {
      canvas.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      canvas.drawImage(image, 0, 0, width, height, null);
    } finally {
      canvas.dispose();
    }
    return small;
  }
}
