"""What may be changed without a programmer: settings and sourced policy figures."""
