//! Deliveries end well or are given up, each printer by itself.
