"use strict";
/* What a test asks of a page: `pale()`, what can't be read; `small(least)`, what a finger misses. Folded parts count. */
(() => {
  const style = (box, drawn) => getComputedStyle(box, drawn);
  const seen = (box) => box.checkVisibility({ visibilityProperty: true }) && !box.closest(".unseen, .skip, button.first");
  const unfold = () => document.querySelectorAll("details").forEach((fold) => (fold.open = true));
  const named = (box, found) => `${found.toFixed(2)} ${box.tagName}.${box.className} ${box.innerText}`.slice(0, 90);

  // Contrast as WCAG 2 computes it

  const parts = (colour) => colour.match(/[\d.]+/g).map(Number); // rgb(1, 2, 3), rgba(1, 2, 3, 0)
  const clear = (colour) => parts(colour)[3] === 0;

  function light(colour) {
    const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    const [red, green, blue] = parts(colour).slice(0, 3).map((part) => linear(part / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  }

  const contrast = (one, other) => Math.max(light(one) / light(other), light(other) / light(one));

  /** The colour of the nearest box around that has one. */
  function ground(box) {
    const { backgroundColor } = style(box);
    return clear(backgroundColor) ? ground(box.parentElement) : backgroundColor;
  }

  // What is found, each with its figure

  const CONTROLS = "a, button, input:not([type=radio]):not([type=checkbox]), select, textarea, label";
  const WORDS = "input:not([type=radio]):not([type=checkbox]), select, textarea";

  function* texts(box) {
    const own = [...box.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if ((own && !box.matches("script, style, noscript, option")) || box.matches(WORDS)) yield style(box).color;
    for (const drawn of ["::before", "::after"]) {
      const { content, color } = style(box, drawn);
      if (!["none", "normal", '""'].includes(content)) yield color;
    }
  }

  function* frames(box) {
    const { borderTopStyle, borderTopWidth, borderTopColor } = style(box);
    const framed = borderTopStyle !== "none" && parseFloat(borderTopWidth) && !clear(borderTopColor);
    if (framed && box.matches(CONTROLS)) yield borderTopColor;
  }

  /** Texts under 7:1 on their ground, frames of controls under 4:1 on what is around. */
  window.pale = () => {
    unfold();
    const found = new Set();
    for (const box of [...document.body.querySelectorAll("*")].filter(seen)) {
      for (const colour of texts(box)) {
        const much = contrast(colour, ground(box));
        if (much < 7) found.add(named(box, much));
      }
      for (const colour of frames(box)) {
        const much = contrast(colour, ground(box.parentElement));
        if (much < 4) found.add(`frame ${named(box, much)}`);
      }
    }
    return [...found];
  };

  /** Targets with fewer pixels in one direction. A tick's target is its label. */
  window.small = (least) => {
    unfold();
    const found = new Set();
    for (const box of document.querySelectorAll("a[href], button, summary, input, select, textarea")) {
      const { width, height } = (box.closest("label") || box).getBoundingClientRect();
      const much = Math.min(width, height);
      if (seen(box) && much < least - 0.5) found.add(named(box, much));
    }
    return [...found];
  };
})();
