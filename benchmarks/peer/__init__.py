"""A form page of wagtail.contrib.forms with the fields of ours: what `benchmarks.forms` measures against."""
