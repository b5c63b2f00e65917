"""What a hall prints: the blank questionnaire, posters, the booklet."""
