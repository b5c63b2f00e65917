"""In whose words: the languages, texts in two languages at once, and how dates, people and papers are said."""
